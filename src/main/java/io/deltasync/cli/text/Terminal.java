package io.deltasync.cli.text;

import java.io.Console;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Detects whether stderr is a terminal.
 */
public final class Terminal {

	private Terminal() {
	}

	/**
	 * Returns the terminal at stdin and stdout.
	 * @return null if either is redirected
	 */
	@SuppressWarnings("SystemConsoleNull")
	public static @Nullable Console console() {
		Console console = System.console();
		return (console != null && isTerminal(console)) ? console : null;
	}

	/** Java itself only knows about stdin and stdout, which are often redirected. */
	@SuppressWarnings("SystemConsoleNull")
	static boolean isAtStderr() {
		try {
			return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
		}
		catch (IOException ex) {
			Console console = System.console();
			return console != null && isTerminal(console);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Since Java 22 there may be a console although stdin or stdout is redirected. */
	private static boolean isTerminal(Console console) {
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

}
