package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.text.CollationKey;
import java.text.Collator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.deltasync.jdbc.value.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a batch has a later version of a row, which an earlier version must
 * not overwrite. Keys whose texts a collation may consider equal count as the same.
 */
final class LaterVersions {

	private final WriteTarget target;

	private final Map<List<CollationKey>, BatchRow> last = new HashMap<>();

	private final Collator collator = Collator.getInstance(Locale.ROOT);

	LaterVersions(WriteTarget target, List<BatchRow> batch) {
		this.target = target;
		this.collator.setStrength(Collator.PRIMARY);
		batch.forEach((row) -> this.last.put(key(row), row));
	}

	@SuppressWarnings("ReferenceEquality")
	boolean has(BatchRow row) {
		return this.last.get(key(row)) != row;
	}

	private List<CollationKey> key(BatchRow row) {
		return this.target.key()
			.stream()
			.map((column) -> this.collator.getCollationKey(text(row.shape().value(column, row.values()))))
			.toList();
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Number number) {
			// the collator ignores a minus
			String text = (number instanceof BigDecimal decimal) ? Numbers.plain(decimal.stripTrailingZeros())
					: number.toString();
			return text.replace('-', 'm');
		}
		return (value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : String.valueOf(value).strip();
	}

}
