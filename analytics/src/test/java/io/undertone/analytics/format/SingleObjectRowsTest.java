package io.undertone.analytics.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class SingleObjectRowsTest {

  @Test
  void aRecordOfTheFirstSchemaHasDefaultsForLaterFields() throws IOException {
    Schema first = PublishedSchemas.of("EmotionEvent").get(0);
    assertThat(first.getField("attributes")).isNull();
    GenericRecord event =
        new GenericRecordBuilder(first)
            .set("eventId", "e-1")
            .set("kind", new GenericData.EnumSymbol(first.getField("kind").schema(), "UTTERANCE"))
            .set("tenant", "acme")
            .set("conversationId", "c-1")
            .set("channel", 0)
            .set("participantRole", role(first))
            .set("utteranceIndex", 3)
            .set("beginOffsetMillis", 1L)
            .set("endOffsetMillis", 2L)
            .set("eventTimeMs", 3L)
            .set("emotion", "sad")
            .set("probabilities", Map.of("sad", 0.75f))
            .set("updateStep", 1)
            .set("modelVersion", "m")
            .set("memoryVersion", 1)
            .build();
    SingleObjectRows rows =
        rows(
            DataTypes.ROW(
                DataTypes.FIELD("attributes", map(DataTypes.STRING())),
                DataTypes.FIELD("probabilities", map(DataTypes.FLOAT())),
                DataTypes.FIELD("utteranceIndex", DataTypes.INT().notNull()),
                DataTypes.FIELD("kind", DataTypes.STRING())));

    byte[] value =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), first).encode(event).array();
    RowData row = Objects.requireNonNull(rows.deserialize(value));

    assertThat(row.getMap(0).size()).isZero();
    assertThat(row.getMap(1).valueArray().getFloat(0)).isEqualTo(0.75f);
    assertThat(row.getInt(2)).isEqualTo(3);
    assertThat(row.getString(3)).hasToString("UTTERANCE");
  }

  @Test
  void aTombstoneIsNoRow() throws IOException {
    assertThat(rows(DataTypes.ROW(DataTypes.FIELD("kind", DataTypes.STRING()))).deserialize(null))
        .isNull();
  }

  @Test
  void otherBytesAreRefused() {
    SingleObjectRows rows = rows(DataTypes.ROW(DataTypes.FIELD("kind", DataTypes.STRING())));

    assertThatThrownBy(() -> rows.deserialize(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a record of 3 bytes must be EmotionEvent");
    assertThatThrownBy(
            () -> rows.deserialize(new byte[] {(byte) 0xC3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was written by a later version");
  }

  @Test
  void columnsThatTheRecordDoesNotHaveAreNamed() {
    assertThatThrownBy(() -> rows(DataTypes.ROW(DataTypes.FIELD("mood", DataTypes.STRING()))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("column mood must be a field of EmotionEvent, which has eventId");
  }

  @Test
  void columnsOfAnotherTypeAreNamed() {
    assertThatThrownBy(() -> rows(DataTypes.ROW(DataTypes.FIELD("channel", DataTypes.STRING()))))
        .isInstanceOf(ValidationException.class)
        .hasMessage("the column of EmotionEvent.channel must be INT, but is STRING");
    assertThatThrownBy(
            () -> rows(DataTypes.ROW(DataTypes.FIELD("emotion", DataTypes.STRING().notNull()))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("must be nullable, but is STRING NOT NULL");
  }

  private static Object role(Schema schema) {
    return new GenericData.EnumSymbol(schema.getField("participantRole").schema(), "CUSTOMER");
  }

  private static DataType map(DataType value) {
    return DataTypes.MAP(DataTypes.STRING().notNull(), value.notNull());
  }

  private static SingleObjectRows rows(DataType columns) {
    RowType type = (RowType) columns.getLogicalType();
    SingleObjectRows rows =
        new SingleObjectRows(
            EmotionEvent.getClassSchema().getName(), null, type, InternalTypeInfo.of(type));
    rows.prepare();
    return rows;
  }
}
