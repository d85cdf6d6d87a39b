package io.deltasync.testkit;

/**
 * Creates errors for failures that would abort a run.
 */
final class AdapterFailure {

	private AdapterFailure() {
	}

	/**
	 * Creates an error.
	 * @param thrown the exception, thrown by the adapter or by the rules that it broke
	 * @param role the kind of adapter, for the message
	 * @param adapter the adapter or filter
	 * @param method the method that was called
	 * @param hint a text to append if the adapter itself failed
	 * @return the error
	 */
	static AssertionError by(Exception thrown, String role, Object adapter, String method, String hint) {
		String name = adapter.getClass().getName();
		String message = String.valueOf(thrown.getMessage());
		if (message.contains(name)) {
			return new AssertionError(message.startsWith(method) ? message : method + ": " + message, thrown);
		}
		return new AssertionError("%s of %s %s failed, which aborts the run: %s%s".formatted(method, role, name,
				(thrown.getCause() != null) ? thrown + ": " + thrown.getCause() : thrown, hint), thrown);
	}

}
