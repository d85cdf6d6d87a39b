package io.deltasync.console.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * Thrown to answer a request with a problem document.
 */
public class ApiException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ProblemType type;

	private final transient @Nullable Long event;

	/**
	 * Creates the exception.
	 * @param type the kind of problem
	 * @param detail what is wrong in this case, and what to do
	 */
	public ApiException(ProblemType type, String detail) {
		this(type, detail, null);
	}

	/**
	 * Creates the exception.
	 * @param type the kind of problem
	 * @param detail what is wrong in this case, and what to do
	 * @param event the Sync Event that shows it, or null
	 */
	public ApiException(ProblemType type, String detail, @Nullable Long event) {
		super(detail);
		this.type = type;
		this.event = event;
	}

	@Nullable Long event() {
		return this.event;
	}

	ProblemType type() {
		return this.type;
	}

}
