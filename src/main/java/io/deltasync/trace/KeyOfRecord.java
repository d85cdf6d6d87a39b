package io.deltasync.trace;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.Mask;
import io.deltasync.link.Link;
import io.deltasync.run.deliver.DeliveryTrial;
import io.deltasync.run.fetch.SourceLookup;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record that a person asks for.
 *
 * @param typed the key as it was typed
 * @param texts the texts by the names of the properties
 * @param named whether the source has told the names
 * @param values the values as the source has them; null if it could not be asked
 * @param problem why it could not be asked; null if it could
 */
record KeyOfRecord(TypedKey typed, Map<String, String> texts, boolean named, @Nullable Map<String, Object> values,
		@Nullable String problem) {

	private static final String CANNOT_LOOK_UP = "its adapter cannot look up a record";

	/**
	 * Reads a key.
	 * @throws UntraceableException if the source's records have another key
	 */
	static KeyOfRecord of(Link link, TypedKey typed, SourceLookup source) {
		List<String> names;
		try {
			names = source.keyProperties();
		}
		catch (AbortRunException ex) {
			return new KeyOfRecord(typed, typed.assignUnnamed(), false, null, String.valueOf(ex.getMessage()));
		}
		if (names.isEmpty()) {
			return new KeyOfRecord(typed, typed.assignUnnamed(), false, null, CANNOT_LOOK_UP);
		}
		Map<String, String> texts = typed.assign(link.name(), names);
		if (!SourceLookup.isSupported(link)) {
			return new KeyOfRecord(typed, texts, true, null, CANNOT_LOOK_UP);
		}
		try {
			return new KeyOfRecord(typed, texts, true, source.parseKey(texts), null);
		}
		catch (IllegalArgumentException ex) {
			throw new UntraceableException("Link '%s': %s".formatted(link.name(),
					new ShownValues(link).message(String.valueOf(ex.getMessage()), texts)));
		}
		catch (AbortRunException ex) {
			return new KeyOfRecord(typed, texts, true, null, String.valueOf(ex.getMessage()));
		}
	}

	/** Whether a part of the key is, or may be, masked. */
	boolean isMasked(Mask mask) {
		return this.named ? this.texts.keySet().stream().anyMatch(mask::touchesSource) : !mask.isEmpty();
	}

	/** Returns the key as it is typed in a shell, without masked values. */
	String inShell(Mask mask) {
		return isMasked(mask) ? "KEY" : this.typed.inShell();
	}

	/**
	 * Returns records that consist of the key alone, of which one has the key's values as
	 * the source has them. Without the source, texts of numbers may be numbers.
	 */
	List<RecordInFlight> records() {
		if (this.values != null) {
			return List.of(DeliveryTrial.ofKey(this.values));
		}
		Map<String, Object> numbers = new LinkedHashMap<>();
		this.texts.forEach((name, text) -> numbers.put(name, number(text)));
		List<RecordInFlight> records = new ArrayList<>();
		records.add(DeliveryTrial.ofKey(new LinkedHashMap<>(this.texts)));
		records.add(DeliveryTrial.ofKey(numbers));
		return records;
	}

	private static Object number(String text) {
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			return text;
		}
	}

}
