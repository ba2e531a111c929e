# Build from the top of the repository, after `./undertone --version`:
#   docker build -t undertone-dashboard:0.1.0 -f k8s/dashboard.Dockerfile .
FROM eclipse-temurin:17-jre
COPY cli/target/undertone/ /opt/undertone/
USER 9999
ENTRYPOINT ["java", "-Xmx1g", "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=undertone-log4j2.xml", "-jar", "/opt/undertone/undertone.jar"]
