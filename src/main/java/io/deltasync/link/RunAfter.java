package io.deltasync.link;

/**
 * After which runs of another Link a Link runs automatically.
 *
 * @param link the other Link's name
 * @param onlyChanges whether only runs count that wrote or deleted at least one record;
 * false unless configured
 */
public record RunAfter(String link, boolean onlyChanges) {

	/**
	 * Converts the short form, which is the name alone.
	 * @param link the other Link's name
	 * @return runs after each successful run
	 */
	public static RunAfter valueOf(String link) {
		return new RunAfter(link, false);
	}

	@Override
	public String toString() {
		return this.onlyChanges ? this.link + " (only changes)" : this.link;
	}

}
