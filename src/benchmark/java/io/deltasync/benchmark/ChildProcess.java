package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran to its end in a process of its own, and what it cost. CPU time and
 * memory are read while it runs, so the last few hundredths of a second are missing from
 * them.
 *
 * @param wall from before the process was started until it was gone
 * @param cpu user and system time of all its threads
 * @param peakMemory the largest resident set in KiB; 0 where the system does not tell
 * @param output what it wrote to standard output
 */
record ChildProcess(Duration wall, Duration cpu, long peakMemory, String output) {

	private static final long SAMPLE_MILLIS = 50;

	/**
	 * Runs a program.
	 * @param command program and arguments
	 * @param directory its working directory, where its output is kept
	 * @param name of the files with the output
	 * @param timeout after which it is killed
	 * @throws IOException when it cannot be started, ends with another exit code than 0
	 * or does not end in time
	 */
	static ChildProcess run(List<String> command, Path directory, String name, Duration timeout)
			throws IOException, InterruptedException {
		return run(command, directory, name, timeout, 0);
	}

	/**
	 * Runs a program that is expected to end in its own way.
	 * @param exitCode what it must end with
	 */
	static ChildProcess run(List<String> command, Path directory, String name, Duration timeout, int exitCode)
			throws IOException, InterruptedException {
		Path output = directory.resolve(name + ".out");
		Path errors = directory.resolve(name + ".err");
		long start = System.nanoTime();
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		Duration cpu = Duration.ZERO;
		long peakMemory = 0;
		try {
			while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
				cpu = process.info().totalCpuDuration().orElse(cpu);
				peakMemory = Math.max(peakMemory, peakMemory(process.pid()));
				if (System.nanoTime() - start > timeout.toNanos()) {
					throw new IOException("not finished after " + timeout.toSeconds() + " s");
				}
			}
		}
		finally {
			process.destroyForcibly();
		}
		Duration wall = Duration.ofNanos(System.nanoTime() - start);
		if (process.exitValue() != exitCode) {
			throw new IOException("exit code " + process.exitValue());
		}
		return new ChildProcess(wall, cpu, peakMemory, Files.readString(output));
	}

	/** The largest resident set so far in KiB; 0 where the system does not tell. */
	static long peakMemory(long pid) {
		Path status = Path.of("/proc", Long.toString(pid), "status");
		if (!Files.isReadable(status)) {
			return 0;
		}
		try {
			return Files.readAllLines(status)
				.stream()
				.filter((line) -> line.startsWith("VmHWM:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.findFirst()
				.orElse(0);
		}
		catch (IOException ex) {
			return 0; // it has just ended
		}
	}

}
