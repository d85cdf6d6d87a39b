package io.deltasync.jdbc.value;

/**
 * The kind of values in a column. Each dialect maps the types of its database to these.
 */
public enum ColumnType {

	/** Whole numbers, also unsigned ones and years. */
	INTEGER,

	DECIMAL,

	/** Floating point with 24 bits of precision. */
	FLOAT,

	/** Floating point with 53 bits of precision. */
	DOUBLE,

	BOOLEAN,

	TEXT,

	/** One or several texts of a fixed list. */
	ENUM,

	JSON,

	BINARY,

	/** A fixed number of bits. */
	BITS,

	DATE,

	/** A time of day. */
	TIME,

	/** A span of time, also negative and beyond a day. */
	TIME_SPAN,

	/** Date and time without a zone. */
	LOCAL_DATE_TIME,

	/** A point in time, stored without an offset. */
	INSTANT,

	/** A point in time with a stored offset. */
	OFFSET_DATE_TIME,

	UUID,

	/** Any other type; unsupported, unless a dialect has a reader and a writer for it. */
	OTHER;

	/** Whether values have a date: dates, dates with times, and points in time. */
	public boolean isTime() {
		return this == DATE || this == LOCAL_DATE_TIME || this == INSTANT || this == OFFSET_DATE_TIME;
	}

	/** Whether values are whole numbers or decimals. */
	public boolean isExactNumber() {
		return this == INTEGER || this == DECIMAL;
	}

}
