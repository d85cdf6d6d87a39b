package io.deltasync.jdbc.dialect;

/**
 * What a column holds, seen from Java; each dialect maps its own types to these.
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

	/** One or several of a list of texts, which the database sorts by their number. */
	ENUM,

	JSON,

	BINARY,

	/** A number of single bits. */
	BITS,

	DATE,

	/** A time of day. */
	TIME,

	/** A span of time, also negative and beyond a day: MySQL's TIME. */
	TIME_SPAN,

	/** Date and time of an unknown zone. */
	LOCAL_DATE_TIME,

	/** A point in time that the session's zone is applied to: MySQL's TIMESTAMP. */
	INSTANT,

	/** A point in time with an offset of its own. */
	OFFSET_DATE_TIME,

	UUID,

	/** What is handed on as the driver gives it. */
	OTHER;

	public boolean isTime() {
		return this == DATE || this == LOCAL_DATE_TIME || this == INSTANT || this == OFFSET_DATE_TIME;
	}

	public boolean isExactNumber() {
		return this == INTEGER || this == DECIMAL;
	}

	/** The type as which a value is compared and sorted. */
	public ColumnType inKeys() {
		return (this == ENUM || this == BITS) ? INTEGER : this;
	}

}
