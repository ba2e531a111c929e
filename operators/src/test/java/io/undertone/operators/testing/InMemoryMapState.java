package io.undertone.operators.testing;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** Map state of one key, without Flink. */
public final class InMemoryMapState<K, V> implements MapState<K, V> {
  private final Map<K, V> values = new HashMap<>();

  @Override
  public @Nullable V get(K key) {
    return values.get(key);
  }

  @Override
  public void put(K key, V value) {
    values.put(key, value);
  }

  @Override
  public void putAll(Map<K, V> map) {
    values.putAll(map);
  }

  @Override
  public void remove(K key) {
    values.remove(key);
  }

  @Override
  public boolean contains(K key) {
    return values.containsKey(key);
  }

  @Override
  public Iterable<Map.Entry<K, V>> entries() {
    return values.entrySet();
  }

  @Override
  public Iterable<K> keys() {
    return values.keySet();
  }

  @Override
  public Iterable<V> values() {
    return values.values();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return values.entrySet().iterator();
  }

  @Override
  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public void clear() {
    values.clear();
  }
}
