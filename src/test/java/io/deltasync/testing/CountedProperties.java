package io.deltasync.testing;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Properties of a record that count how often they are read as a whole.
 */
public final class CountedProperties extends AbstractMap<String, Object> {

	private final Map<String, Object> properties;

	private final AtomicInteger reads;

	private CountedProperties(Map<String, Object> properties, AtomicInteger reads) {
		this.properties = properties;
		this.reads = reads;
	}

	public static CountedProperties of(int id, AtomicInteger reads) {
		return new CountedProperties(Map.of("id", id, "name", "name " + id), reads);
	}

	@Override
	public Object get(Object name) {
		return this.properties.get(name);
	}

	@Override
	public boolean containsKey(Object name) {
		return this.properties.containsKey(name);
	}

	@Override
	public Set<Entry<String, Object>> entrySet() {
		return new AbstractSet<>() {
			@Override
			public Iterator<Entry<String, Object>> iterator() {
				CountedProperties.this.reads.incrementAndGet();
				return CountedProperties.this.properties.entrySet().iterator();
			}

			@Override
			public int size() {
				return CountedProperties.this.properties.size();
			}
		};
	}

}
