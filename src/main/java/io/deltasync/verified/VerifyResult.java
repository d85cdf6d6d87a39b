package io.deltasync.verified;

/** The result of a verification. The constants are stored by their names. */
public enum VerifyResult {

	/** Everything was compared, and the target holds what the Link delivers. */
	IN_STEP("in step"),

	/** The same is true of a sample, which proves nothing of the rest. */
	SAMPLE_IN_STEP("no difference in the sample"),

	/** There are differences. */
	NOT_IN_STEP("not in step"),

	/** There were differences, and all of them were repaired and compared again. */
	REPAIRED("was not in step, and is repaired"),

	/** Something could not be compared. */
	NOT_PROVEN("not proven");

	private final String words;

	VerifyResult(String words) {
		this.words = words;
	}

	/**
	 * Returns the result in words.
	 * @return a part of a sentence
	 */
	public String words() {
		return this.words;
	}

	/**
	 * Whether no difference was found in what was to be compared.
	 * @return true for {@link #IN_STEP} and {@link #SAMPLE_IN_STEP}
	 */
	public boolean isSuccess() {
		return this == IN_STEP || this == SAMPLE_IN_STEP;
	}

}
