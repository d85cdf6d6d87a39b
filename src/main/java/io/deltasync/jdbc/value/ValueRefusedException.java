package io.deltasync.jdbc.value;

/**
 * Thrown when a value cannot be written to its column unchanged. Fails the record, not
 * the batch. Has no stack trace, because there may be one per record.
 */
public final class ValueRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final boolean never;

	private ValueRefusedException(String message, boolean never) {
		super(message, null, false, false);
		this.never = never;
	}

	/** Creates the refusal of one value; another value of its class may fit. */
	public static ValueRefusedException of(Column column, String reason) {
		return new ValueRefusedException("Column '%s' (%s): %s".formatted(column.name(), column.typeName(), reason),
				false);
	}

	/** Creates the refusal of a value whose class never fits the column. */
	public static ValueRefusedException never(Column column, Object value) {
		return new ValueRefusedException(
				"Column '%s' (%s) does not accept %s; convert the value, or leave the property out by mapping"
					.formatted(column.name(), column.typeName(), value.getClass().getSimpleName()),
				true);
	}

	/** Creates the refusal of a column whose type is not supported. */
	public static ValueRefusedException unsupported(Column column) {
		return new ValueRefusedException(
				"Column '%s' is of the type %s, which is not supported; leave the property out by mapping"
					.formatted(column.name(), column.typeName()),
				true);
	}

	/** Whether no value of the same class fits the column. */
	public boolean isNever() {
		return this.never;
	}

}
