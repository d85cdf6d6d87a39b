package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs until it is closed.
 *
 * @param process the process
 * @param output where it writes to
 */
record ResidentProcess(Process process, Path output) implements AutoCloseable {

	private static final long GRACE_SECONDS = 60;

	private static final long LOOK_MILLIS = 50;

	/**
	 * Starts a program, and waits until it is ready.
	 * @param command program and arguments
	 * @param directory its working directory
	 * @param name of the file with its output
	 * @param ready what it says once it is ready
	 * @param timeout how long it may take for that
	 * @throws IOException when it ends, or is not ready in time
	 */
	static ResidentProcess start(List<String> command, Path directory, String name, String ready, Duration timeout)
			throws IOException, InterruptedException {
		Path output = directory.resolve(name + ".out");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		ResidentProcess resident = new ResidentProcess(process, output);
		long start = System.nanoTime();
		while (!Files.readString(output).contains(ready)) {
			if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - start > timeout.toNanos()) {
				process.destroyForcibly();
				throw new IOException(name + " did not start: see " + output);
			}
		}
		return resident;
	}

	/** User and system time of all its threads until now. */
	Duration cpu() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/** The largest resident set until now in KiB; 0 where the system does not tell. */
	long peakMemory() {
		return ChildProcess.peakMemory(this.process.pid());
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

}
