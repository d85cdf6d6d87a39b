package io.deltasync.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.api.UnreadValue;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much heap the values of records use. Only long texts and binaries matter;
 * every other value counts as one small object.
 */
public final class RecordSize {

	/** An object's header, its place in a map and a few fields. */
	private static final int OBJECT = 64;

	/** A value's place in a row, whose names are shared. */
	private static final int REFERENCE = 8;

	private RecordSize() {
	}

	/**
	 * Returns the estimated size of a record's original properties.
	 * @param record the record
	 * @return bytes
	 */
	public static long of(RecordInFlight record) {
		return of(record.originalProperties());
	}

	/**
	 * Returns the estimated size of a value.
	 * @param value the value; may be null
	 * @return bytes
	 */
	public static long of(@Nullable Object value) {
		long bytes = OBJECT;
		if (value instanceof CharSequence text) {
			bytes += 2L * text.length();
		}
		else if (value instanceof byte[] binary) {
			bytes += binary.length;
		}
		else if (value instanceof UnreadValue unread) {
			bytes += unread.size();
		}
		else if (value instanceof Map<?, ?> map) {
			RowLayout layout = RowLayout.of(map);
			if (layout != null) {
				return bytes + ofRow(layout.values(map));
			}
			Total total = new Total();
			map.forEach(total);
			bytes += total.bytes;
		}
		else if (value instanceof Collection<?> list) {
			for (Object nested : list) {
				bytes += of(nested);
			}
		}
		else if (value instanceof Object[] array) {
			bytes += of(Arrays.asList(array));
		}
		return bytes;
	}

	/** Leaves values unread. */
	private static long ofRow(@Nullable Object[] values) {
		long bytes = 0;
		for (Object value : values) {
			bytes += REFERENCE + of(value);
		}
		return bytes;
	}

	/**
	 * The size of the values of a map. A map passes them on faster than an iterator over
	 * its values, which matters because the values of all records are counted.
	 */
	private static final class Total implements BiConsumer<@Nullable Object, @Nullable Object> {

		private long bytes;

		@Override
		public void accept(@Nullable Object name, @Nullable Object value) {
			this.bytes += OBJECT + of(value);
		}

	}

}
