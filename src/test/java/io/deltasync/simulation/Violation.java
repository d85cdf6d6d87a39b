package io.deltasync.simulation;

/**
 * A check that did not hold.
 */
final class Violation extends AssertionError {

	private static final long serialVersionUID = 1L;

	private final String check;

	private final String found;

	/**
	 * Makes one.
	 * @param check the name of the check
	 * @param found what was found
	 */
	Violation(String check, String found) {
		super(check + ": " + found);
		this.check = check;
		this.found = found;
	}

	String check() {
		return this.check;
	}

	String found() {
		return this.found;
	}

}
