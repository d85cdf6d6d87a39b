package io.deltasync.api;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The names of the properties that many records have in common, such as the columns of a
 * query. Rows share it, so each of them takes a fraction of the memory and time of a map
 * of its own. Immutable and thread-safe.
 */
public final class RowLayout {

	private final String[] names;

	private final Map<String, Integer> positions;

	/**
	 * Creates a layout.
	 * @param names the names of the properties, in order
	 * @throws IllegalArgumentException if two names are the same
	 */
	public RowLayout(List<String> names) {
		this.names = names.toArray(String[]::new);
		this.positions = new HashMap<>(2 * this.names.length);
		for (int i = 0; i < this.names.length; i++) {
			if (this.positions.put(this.names[i], i) != null) {
				throw new IllegalArgumentException("Two properties have the name '%s'".formatted(this.names[i]));
			}
		}
	}

	/**
	 * Creates the properties of a record.
	 * @param values the values in the order of the names, which may be null; the row
	 * keeps the array, which must not be changed afterwards. In place of an
	 * {@link UnreadValue} the map has what that is converted to
	 * @return an unmodifiable map from name to value
	 * @throws IllegalArgumentException if there are more or fewer values than names
	 */
	public Map<String, @Nullable Object> row(@Nullable Object[] values) {
		if (values.length != this.names.length) {
			throw new IllegalArgumentException(
					"There are %d values for %d properties".formatted(values.length, this.names.length));
		}
		return new Row(this, values);
	}

	/**
	 * Returns the layout that a record's properties share with others. Records with the
	 * same layout have the same names in the same order.
	 * @param properties the properties
	 * @return the layout; null unless the properties are a {@linkplain #row row}
	 */
	public static @Nullable RowLayout of(Map<?, ?> properties) {
		return (properties instanceof Row row) ? row.layout : null;
	}

	/**
	 * Returns the names of the properties.
	 * @return an unmodifiable list, in order
	 */
	public List<String> names() {
		return List.of(this.names);
	}

	/**
	 * Returns the values of a row, which takes a fraction of the time of going through
	 * its entries.
	 * @param row a row with this layout
	 * @return a copy of the values, in the order of the names; an {@link UnreadValue}
	 * where nobody has read the value
	 * @throws IllegalArgumentException if it has another layout
	 */
	public @Nullable Object[] values(Map<?, ?> row) {
		if (!(row instanceof Row own) || own.layout != this) {
			throw new IllegalArgumentException("These properties have another layout");
		}
		return own.values.clone();
	}

	/**
	 * The values of a row, as a map. Threads that read a value at the same time convert
	 * it twice, to equal values.
	 */
	static final class Row extends AbstractMap<String, @Nullable Object> {

		private final RowLayout layout;

		private final @Nullable Object[] values;

		private Row(RowLayout layout, @Nullable Object[] values) {
			this.layout = layout;
			this.values = values;
		}

		@Override
		public int size() {
			return this.values.length;
		}

		@Override
		public boolean containsKey(@Nullable Object name) {
			return this.layout.positions.containsKey(name);
		}

		@Override
		public @Nullable Object get(@Nullable Object name) {
			Integer position = this.layout.positions.get(name);
			return (position != null) ? value(position) : null;
		}

		private @Nullable Object value(int position) {
			Object value = this.values[position];
			if (value instanceof UnreadValue unread) {
				value = unread.read();
				this.values[position] = value;
			}
			return value;
		}

		@Override
		public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
			for (int i = 0; i < this.values.length; i++) {
				action.accept(this.layout.names[i], value(i));
			}
		}

		@Override
		public Set<Map.Entry<String, @Nullable Object>> entrySet() {
			return new Entries(this);
		}

	}

	private static final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {

		private final Row row;

		private Entries(Row row) {
			this.row = row;
		}

		@Override
		public int size() {
			return this.row.values.length;
		}

		@Override
		public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
			return new Iterator<>() {

				private int next;

				@Override
				public boolean hasNext() {
					return this.next < size();
				}

				@Override
				public Map.Entry<String, @Nullable Object> next() {
					if (!hasNext()) {
						throw new NoSuchElementException();
					}
					int position = this.next++;
					return new AbstractMap.SimpleImmutableEntry<>(Entries.this.row.layout.names[position],
							Entries.this.row.value(position));
				}

			};
		}

	}

}
