package io.undertone.analytics.format;

import io.undertone.schemas.registry.RegistryLogin;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The table format {@code undertone-avro}: reads records of Undertone's topics. Flink's own Avro
 * formats cannot: they know no single-object encoding. The columns of a table are fields of the
 * record by name; fields that no column names are skipped.
 */
public final class SingleObjectFormatFactory implements DeserializationFormatFactory {
  public static final String IDENTIFIER = "undertone-avro";

  /** Name of the record, such as EmotionEvent. */
  public static final ConfigOption<String> RECORD =
      ConfigOptions.key("record").stringType().noDefaultValue();

  /** URL of a schema registry; needed for records in Confluent's wire format. */
  public static final ConfigOption<String> SCHEMA_REGISTRY =
      ConfigOptions.key("schema-registry").stringType().noDefaultValue();

  /** User and password at the registry, with a colon between them. Flink hides such values. */
  public static final ConfigOption<String> BASIC_AUTH =
      ConfigOptions.key("basic-auth.user-info").stringType().noDefaultValue();

  /** A bearer token for the registry. */
  public static final ConfigOption<String> BEARER_TOKEN =
      ConfigOptions.key("bearer-auth.token").stringType().noDefaultValue();

  /** The option that takes the secret of a login. */
  public static ConfigOption<String> option(RegistryLogin login) {
    return login.property().equals(RegistryLogin.TOKEN) ? BEARER_TOKEN : BASIC_AUTH;
  }

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(RECORD);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(SCHEMA_REGISTRY, BASIC_AUTH, BEARER_TOKEN);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    return new Format(options.get(RECORD), registry(options));
  }

  private static @Nullable RegistryAddress registry(ReadableConfig options) {
    return options
        .getOptional(SCHEMA_REGISTRY)
        .map(url -> new RegistryAddress(url, login(options)))
        .orElse(null);
  }

  private static @Nullable RegistryLogin login(ReadableConfig options) {
    Map<String, String> properties = new HashMap<>();
    options
        .getOptional(BASIC_AUTH)
        .ifPresent(userInfo -> properties.put(RegistryLogin.USER_INFO, userInfo));
    options
        .getOptional(BEARER_TOKEN)
        .ifPresent(token -> properties.put(RegistryLogin.TOKEN, token));
    try {
      return RegistryLogin.of(properties);
    } catch (IllegalArgumentException e) {
      throw new ValidationException(String.valueOf(e.getMessage()), e);
    }
  }

  private record Format(String recordName, @Nullable RegistryAddress registry)
      implements DecodingFormat<DeserializationSchema<RowData>> {

    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(
        DynamicTableSource.Context context, DataType columns) {
      return new SingleObjectRows(
          recordName,
          registry,
          (RowType) columns.getLogicalType(),
          context.<RowData>createTypeInformation(columns));
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }
  }
}
