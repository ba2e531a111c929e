Libraries that the command line loads at run time, and their licences. The texts of all
but Apache-2.0 are in NOTICE or in the library's jar.

<#list dependencyMap as entry>
<#assign library = entry.getKey()>
<#if library.groupId != "io.undertone">
${library.groupId}:${library.artifactId}:${library.version}  ${entry.getValue()?join(", ")}
</#if>
</#list>
