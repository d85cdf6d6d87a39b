package io.deltasync.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Java program as a child process.
 *
 * @param process the process
 * @param output where it writes to
 */
public record Child(Process process, Path output) {

	private static final long LONGEST_SECONDS = 180;

	/**
	 * Starts it.
	 * @param output where it writes to
	 * @param classes java's options that say where its classes are
	 * @param program its main class
	 * @param arguments what it is told
	 */
	public static Child start(Path output, List<String> classes, Class<?> program, List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC"));
		command.addAll(classes);
		command.add(program.getName());
		command.addAll(arguments);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			return new Child(process, output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until it says something. */
	public Child await(String text) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
		while (!printed().contains(text)) {
			if (!this.process.isAlive() || System.nanoTime() > deadline) {
				throw new AssertionError("did not say '%s': ".formatted(text) + printed());
			}
			LockSupport.parkNanos(20_000_000);
		}
		return this;
	}

	public String printed() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Waits for its end. */
	public int await() {
		return await(LONGEST_SECONDS);
	}

	/** Waits for the end of the process, up to a number of seconds. */
	public int await(long seconds) {
		try {
			if (!this.process.waitFor(seconds, TimeUnit.SECONDS)) {
				kill();
				throw new AssertionError("did not end: " + printed());
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Ends it without a word. */
	public void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Tells it to end. */
	void terminate() {
		this.process.toHandle().destroy();
	}

	/** Sends a signal that Java has no word for. */
	void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
