package io.undertone.analytics.export;

import io.undertone.schemas.EmotionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Parquet files of events, one for each day of their event time, in UTC: {@code
 * day=2026-11-29/events.parquet}.
 *
 * @param directory of all
 */
record DayFiles(Path directory) {
  private static final String DAY = "day=";
  private static final String FILE = "events.parquet";
  private static final Schema SCHEMA = EmotionEvent.getClassSchema();

  /** With settings, Parquet would need Hadoop, which we do not have. */
  private static final ParquetConfiguration NO_SETTINGS = new PlainParquetConfiguration();

  /** The days that have a file. */
  Set<LocalDate> days() throws IOException {
    Set<LocalDate> days = new TreeSet<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> folders = Files.list(directory)) {
        folders
            .filter(folder -> Files.exists(folder.resolve(FILE)))
            .map(folder -> folder.getFileName().toString())
            .filter(name -> name.startsWith(DAY))
            .forEach(name -> days.add(LocalDate.parse(name.substring(DAY.length()))));
      }
    }
    return days;
  }

  /** The events of a day; none without a file. Fields that the file does not have are defaults. */
  List<GenericRecord> read(LocalDate day) throws IOException {
    List<GenericRecord> events = new ArrayList<>();
    if (!Files.exists(file(day))) {
      return events;
    }
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file(day)), NO_SETTINGS)
            .withDataModel(GenericData.get())
            .build()) {
      for (GenericRecord event = reader.read(); event != null; event = reader.read()) {
        events.add(current(event));
      }
    }
    return events;
  }

  /** Replaces the file of a day in one step; without events there is no file. */
  void write(LocalDate day, Collection<GenericRecord> events) throws IOException {
    Path file = file(day);
    if (events.isEmpty()) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
      return;
    }
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling("." + FILE + ".unfinished");
    Files.deleteIfExists(unfinished);
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(unfinished))
            .withSchema(SCHEMA)
            .withDataModel(GenericData.get())
            .withConf(NO_SETTINGS)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (GenericRecord event : events) {
        writer.write(event);
      }
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** In the current schema, also if an earlier version of Undertone wrote the file. */
  private static GenericRecord current(GenericRecord event) throws IOException {
    if (event.getSchema().equals(SCHEMA)) {
      return event;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    return new GenericDatumReader<GenericRecord>(event.getSchema(), SCHEMA).read(null, decoder);
  }

  private Path file(LocalDate day) {
    return directory.resolve(DAY + day).resolve(FILE);
  }
}
