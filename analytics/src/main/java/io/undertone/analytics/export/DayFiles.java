package io.undertone.analytics.export;

import io.undertone.analytics.topics.Call;
import io.undertone.schemas.EmotionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;

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

  /**
   * What a merge changed.
   *
   * @param filesWritten files that were written or deleted
   * @param erasedEvents that were in files and are no more
   */
  record Merged(int filesWritten, long erasedEvents) {}

  /** The call of an event. */
  static Call call(GenericRecord event) {
    return new Call(
        String.valueOf(event.get("tenant")), String.valueOf(event.get("conversationId")));
  }

  /** The id of an event. */
  static String id(GenericRecord event) {
    return String.valueOf(event.get("eventId"));
  }

  /**
   * Merges events into the files of their days, in place of those with the same ids in any file,
   * and deletes those of calls that were erased.
   *
   * @param added by id; none of a call that was erased
   */
  Merged merge(Map<String, GenericRecord> added, Set<Call> erased) throws IOException {
    Map<LocalDate, List<GenericRecord>> addedByDay =
        added.values().stream().collect(Collectors.groupingBy(DayFiles::day));
    Set<String> conversations =
        Stream.concat(added.values().stream().map(DayFiles::call), erased.stream())
            .map(Call::conversationId)
            .collect(Collectors.toSet());
    Set<LocalDate> days = new TreeSet<>(addedByDay.keySet());
    for (LocalDate day : days()) {
      if (!days.contains(day) && holdsAnyOf(conversations, day)) {
        days.add(day);
      }
    }
    int written = 0;
    long erasedEvents = 0;
    for (LocalDate day : days) {
      List<GenericRecord> before = read(day);
      List<GenericRecord> after = new ArrayList<>(addedByDay.getOrDefault(day, List.of()));
      for (GenericRecord event : before) {
        if (erased.contains(call(event))) {
          erasedEvents++;
        } else if (!added.containsKey(id(event))) {
          after.add(event);
        }
      }
      after.sort(Comparator.comparing(DayFiles::timeAndId));
      if (!after.equals(before)) {
        write(day, after);
        written++;
      }
    }
    return new Merged(written, erasedEvents);
  }

  /** The number of events in all files. */
  long events() throws IOException {
    long events = 0;
    for (LocalDate day : days()) {
      try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file(day)))) {
        events += reader.getRecordCount();
      }
    }
    return events;
  }

  /** The days that have a file. */
  private Set<LocalDate> days() throws IOException {
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
  private List<GenericRecord> read(LocalDate day) throws IOException {
    List<GenericRecord> events = new ArrayList<>();
    if (!Files.exists(file(day))) {
      return events;
    }
    try (ParquetReader<GenericRecord> reader = reader(day).build()) {
      for (GenericRecord event = reader.read(); event != null; event = reader.read()) {
        events.add(current(event));
      }
    }
    return events;
  }

  /** Replaces the file of a day in one step; without events there is no file. */
  private void write(LocalDate day, Collection<GenericRecord> events) throws IOException {
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

  /** Parquet looks into the dictionary of the column first, so that this reads little. */
  private boolean holdsAnyOf(Set<String> conversations, LocalDate day) throws IOException {
    if (conversations.isEmpty()) {
      return false;
    }
    Set<Binary> ids = conversations.stream().map(Binary::fromString).collect(Collectors.toSet());
    FilterPredicate ofThese = FilterApi.in(FilterApi.binaryColumn("conversationId"), ids);
    try (ParquetReader<GenericRecord> reader =
        reader(day).withFilter(FilterCompat.get(ofThese)).build()) {
      return reader.read() != null;
    }
  }

  private ParquetReader.Builder<GenericRecord> reader(LocalDate day) {
    return AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file(day)), NO_SETTINGS)
        .withDataModel(GenericData.get());
  }

  private static LocalDate day(GenericRecord event) {
    return LocalDate.ofInstant(
        Instant.ofEpochMilli((long) event.get("eventTimeMs")), ZoneOffset.UTC);
  }

  private static String timeAndId(GenericRecord event) {
    return "%020d %s".formatted((long) event.get("eventTimeMs"), id(event));
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
