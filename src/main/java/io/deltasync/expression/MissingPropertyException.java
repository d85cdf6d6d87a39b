package io.deltasync.expression;

import io.deltasync.api.AbortRunException;

/**
 * Thrown when a record lacks a property that the configuration of its Link names.
 */
public final class MissingPropertyException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what names which property, written for operators
	 */
	public MissingPropertyException(String message) {
		super(message);
	}

}
