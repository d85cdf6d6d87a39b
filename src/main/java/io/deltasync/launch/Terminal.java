package io.deltasync.launch;

import java.io.IOException;

/**
 * Tells whether a person looks at stderr.
 */
final class Terminal {

	private Terminal() {
	}

	/** Java itself tells of stdin and stdout only, which are often piped elsewhere. */
	static boolean isAtStderr() {
		try {
			return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
		}
		catch (IOException ex) {
			return System.console() != null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
