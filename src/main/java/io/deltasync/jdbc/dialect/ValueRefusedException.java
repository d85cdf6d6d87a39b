package io.deltasync.jdbc.dialect;

/**
 * A value cannot be written to its column without changing it. Fails the record, not the
 * batch; has no stack trace, because there may be one per record.
 */
public final class ValueRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final boolean never;

	private ValueRefusedException(String message, boolean never) {
		super(message, null, false, false);
		this.never = never;
	}

	/** This value does not fit; another of its class may. */
	public static ValueRefusedException of(Column column, String reason) {
		return new ValueRefusedException("Column '%s' (%s): %s".formatted(column.name(), column.typeName(), reason),
				false);
	}

	/** No value of this class ever fits. */
	public static ValueRefusedException never(Column column, Object value) {
		return new ValueRefusedException(
				"Column '%s' (%s) takes no %s; convert the value, or leave the property out by mapping"
					.formatted(column.name(), column.typeName(), value.getClass().getSimpleName()),
				true);
	}

	public boolean isNever() {
		return this.never;
	}

}
