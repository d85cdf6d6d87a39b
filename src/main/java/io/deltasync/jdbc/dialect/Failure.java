package io.deltasync.jdbc.dialect;

/** What a failed statement means, as a {@link Dialect} tells it from the exception. */
public enum Failure {

	/** The values of a record were refused; other records may be written. */
	RECORD,

	/** A record refers to a row that another record may write. */
	PARENT,

	/** A record has a unique value that another row has. */
	DUPLICATE,

	/**
	 * The statement may succeed if it is repeated: an outage, a deadlock, a lock, a
	 * definition that has just changed.
	 */
	TRANSIENT,

	/** The server's limit on the time of statements. */
	TIME_LIMIT,

	/** The account lacks a privilege. */
	PRIVILEGE,

	/** The server, the database or the table is read-only. */
	READ_ONLY,

	/** The server has no space left. */
	SPACE,

	/** The account cannot log in, or has reached its limits. */
	ACCOUNT,

	/** The statement does not fit the table, which may have been altered or dropped. */
	STATEMENT,

	/** Anything else. */
	OTHER;

	/** Whether the values of a record are the cause. */
	public boolean isOfRecord() {
		return this == RECORD || this == PARENT || this == DUPLICATE;
	}

	/** Whether no record can be written until an operator has done something. */
	public boolean isOfTarget() {
		return this == PRIVILEGE || this == READ_ONLY || this == SPACE || this == ACCOUNT || this == STATEMENT;
	}

}
