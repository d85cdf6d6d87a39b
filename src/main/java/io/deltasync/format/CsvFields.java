package io.deltasync.format;

import java.util.Set;

import de.siegmar.fastcsv.reader.FieldModifier;

/**
 * Looks at each value while it is known whether it was in quotes. Not thread-safe.
 */
final class CsvFields implements FieldModifier {

	/** Stands for null, and is compared by identity: the text itself may be a value. */
	@SuppressWarnings("StringOperationCanBeSimplified")
	private static final String NULL = new String("null");

	private final Set<String> nullValues;

	private final boolean emptyIsNull;

	private final boolean otherNulls;

	private final char quote;

	private boolean strayQuote;

	CsvFields(FormatOptions.Csv csv) {
		this.nullValues = csv.nullValues();
		this.emptyIsNull = csv.nullValues().contains("");
		this.otherNulls = csv.nullValues().size() > (this.emptyIsNull ? 1 : 0);
		this.quote = csv.quote();
	}

	/** Whether a value stands for null. */
	@SuppressWarnings("ReferenceEquality")
	static boolean isNull(String value) {
		return value == NULL;
	}

	void begin() {
		this.strayQuote = false;
	}

	/** Whether a value of the record has a quote, but is not in quotes. */
	boolean isStrayQuote() {
		return this.strayQuote;
	}

	@Override
	public String modify(long startingLineNumber, int fieldIndex, boolean quoted, String field) {
		if (quoted) {
			return field;
		}
		if (field.isEmpty()) {
			return this.emptyIsNull ? NULL : field;
		}
		this.strayQuote |= field.indexOf(this.quote) >= 0;
		return (this.otherNulls && this.nullValues.contains(field)) ? NULL : field;
	}

}
