package io.deltasync.console.api;

/**
 * Thrown to answer a request with a problem document.
 */
class ApiException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ProblemType type;

	/**
	 * Creates the exception.
	 * @param type the kind of problem
	 * @param detail what is wrong in this case, and what to do
	 */
	ApiException(ProblemType type, String detail) {
		super(detail);
		this.type = type;
	}

	ProblemType type() {
		return this.type;
	}

}
