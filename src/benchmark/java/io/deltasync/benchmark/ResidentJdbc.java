package io.deltasync.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The yardstick as a program that stays.
 *
 * @param name its name in the report
 * @param loader the yardstick
 */
record ResidentJdbc(String name, JavaProgram loader) implements ResidentContender {

	@Override
	public Resident start(Path directory, Duration timeout) throws IOException, InterruptedException {
		List<String> command = List.of(Contender.JAVA, Contender.HEAP, "-classpath", this.loader.classpath(),
				ResidentJdbcCopy.class.getName(), this.loader.url());
		return new Running(ResidentProcess.start(command, directory, "resident", ResidentJdbcCopy.READY, timeout),
				timeout);
	}

	private record Running(ResidentProcess process, Duration timeout) implements Resident {

		@Override
		public Delta copy(String since) throws IOException, InterruptedException {
			int before = output().length();
			Duration cpu = this.process.cpu();
			long start = System.nanoTime();
			OutputStream times = this.process.process().getOutputStream();
			times.write((since + "\n").getBytes(StandardCharsets.UTF_8));
			times.flush();
			while (!output().substring(before).endsWith("\n")) {
				if (this.process.process().waitFor(1, TimeUnit.MILLISECONDS)
						|| System.nanoTime() - start > this.timeout.toNanos()) {
					throw new IOException("no delta: see " + this.process.output());
				}
			}
			ChildProcess cost = new ChildProcess(Duration.ofNanos(System.nanoTime() - start),
					this.process.cpu().minus(cpu), this.process.peakMemory(), output().substring(before));
			return new Delta(cost, Copied.parse(cost.output()));
		}

		private String output() throws IOException {
			return Files.readString(this.process.output());
		}

		@Override
		public void close() throws InterruptedException {
			this.process.close();
		}

	}

}
