package io.deltasync.link;

/**
 * The runs of another Link after which {@code serve} runs a Link.
 *
 * @param link The name of the other Link
 * @param onlyChanges Whether only runs count that wrote or deleted at least one record
 */
public record RunAfter(String link, boolean onlyChanges) {

	/**
	 * Converts the short form, which is only the name.
	 * @param link the other Link's name
	 * @return all successful runs of the other Link
	 */
	public static RunAfter valueOf(String link) {
		return new RunAfter(link, false);
	}

	@Override
	public String toString() {
		return this.onlyChanges ? this.link + " (only changes)" : this.link;
	}

}
