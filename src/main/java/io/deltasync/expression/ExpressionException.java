package io.deltasync.expression;

/**
 * An expression that is invalid, or that has no value for a record. The message is a
 * clause for people without any value of the record.
 */
public final class ExpressionException extends RuntimeException {

	ExpressionException(String message) {
		super(message);
	}

}
