package io.deltasync.benchmark;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The report in Markdown.
 */
final class Report {

	private final StringBuilder text = new StringBuilder();

	private final List<String> reads = new ArrayList<>();

	/** All ratios are against this program. */
	private final String yardstick;

	Report(String yardstick) {
		this.yardstick = yardstick;
	}

	void addHeader(String wanted, Server server, int rounds) throws SQLException {
		add("# Benchmark of %s", wanted.isEmpty() ? "everything" : wanted);
		add("");
		add("%d round(s), programs in turn, each in a process of its own with `%s`.", rounds, Contender.HEAP);
		add("");
		add("- Server: %s", server.description());
		add("- Machine: %d processors, %s %s, load average %.2f at the start",
				Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
				System.getProperty("os.arch"), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
		add("- Java: %s %s", System.getProperty("java.vm.name"), System.getProperty("java.vm.version"));
		add("- CPU is that of the program, unless it says server.");
	}

	void addCopies(int rows) {
		add("");
		add("%,d rows of ten columns. *process* is the wall time from the start of the process to its end, *copy* what the program measures"
				+ " itself, without the start of JVM and framework. Ratios are medians of the ratios of the rounds.",
				rows);
	}

	void addMeasurements(String title, Measurements<Measurement> measurements) {
		add("");
		add("## %s", title);
		add("");
		add("| program | runs | process min s | process median s | process max s | × %1$s | copy min s | copy median s"
				+ " | × %1$s | CPU median s | peak RSS MiB | rows written | rows not equal |", this.yardstick);
		add("|---|" + "--:|".repeat(12));
		measurements.programs().forEach((program) -> addRow(program, measurements));
	}

	private void addRow(String program, Measurements<Measurement> measurements) {
		String failure = measurements.failure(program);
		String remark = (failure != null) ? " **FAILED: " + cell(failure) + "**" : "";
		if (measurements.max(program, Measurement::rowsNotEqual) > 0) {
			remark += " **ROWS DIFFER**";
		}
		add("| %s%s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |", program, remark,
				measurements.of(program).size(), number(measurements.min(program, Measurement::wall)),
				number(measurements.median(program, Measurement::wall)),
				number(measurements.max(program, Measurement::wall)),
				number(measurements.ratio(program, this.yardstick, Measurement::wall)),
				number(measurements.min(program, Measurement::copy)),
				number(measurements.median(program, Measurement::copy)),
				number(measurements.ratio(program, this.yardstick, Measurement::copy)),
				number(measurements.median(program, Measurement::cpu)),
				number(measurements.max(program, Measurement::peakMemory)),
				distinct(measurements.of(program).stream().map((measurement) -> measurement.copied().rows()).toList()),
				distinct(measurements.of(program).stream().map(Measurement::rowsNotEqual).toList()));
	}

	/** Keeps what a delta read until {@link #addReads()}. */
	void addReads(String program, int rows, Measurement delta) {
		this.reads.add(String.format(Locale.ROOT, "| %s | %,d | %,d | %s | %s | %,d | %,d | %,d |", program, rows,
				delta.copied().rows(), number(delta.copy()), number(delta.cpu()), delta.reads().byDelta(),
				delta.reads().byKey(), delta.reads().withoutIndex()));
	}

	void addReads() {
		add("");
		add("## What a delta reads");
		add("");
		add("The same number of rows changed in tables of different size, and how many rows of the source table the"
				+ " server read for it.");
		add("");
		add("| program | rows in table | rows written | copy s | CPU s | read by the index on updated_at"
				+ " | read by the primary key | read without an index |");
		add("|---|" + "--:|".repeat(7));
		this.reads.forEach((line) -> this.text.append(line).append('\n'));
	}

	void addPastRuns() {
		add("");
		add("## What a long past costs");
		add("");
		add("One Link whose first run alone was successful, and how long `SyncEvents` takes to find that run and to list"
				+ " the newest twenty.");
		add("");
		add("| database | past runs | last success median ms | max ms | newest 20 median ms | max ms | calls |");
		add("|---|" + "--:|".repeat(6));
	}

	void addPastRuns(String database, int runs, PastRuns.CallTimes lastSuccess, PastRuns.CallTimes newest) {
		add("| %s | %,d | %s | %s | %s | %s | %d |", database, runs, number(lastSuccess.median()),
				number(lastSuccess.max()), number(newest.median()), number(newest.max()), lastSuccess.calls());
	}

	private static String distinct(List<Long> figures) {
		return figures.stream()
			.distinct()
			.map((figure) -> String.format(Locale.ROOT, "%,d", figure))
			.collect(Collectors.joining(", "));
	}

	static String number(double figure) {
		return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, (figure < 100) ? "%.2f" : "%.0f", figure);
	}

	static String cell(String text) {
		return text.lines().findFirst().orElse("").replace("|", "\\|");
	}

	void add(String format, Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
