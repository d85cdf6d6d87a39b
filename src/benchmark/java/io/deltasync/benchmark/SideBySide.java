package io.deltasync.benchmark;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that copy rows in one table: medians, and medians of the ratios of the rounds.
 *
 * @param rows how many rows there are
 * @param yardstick what others are compared with
 * @param full the full loads
 * @param delta the deltas of processes that were started for them
 * @param resident the deltas of processes that stay
 */
record SideBySide(int rows, String yardstick, Measurements<Measurement> full, Measurements<Measurement> delta,
		Measurements<Measurement> resident) {

	private static final double MICROS = 1e6;

	void addTo(Report report) {
		report.add("");
		report.add("## Side by side");
		report.add("");
		report.add("| program | full load s | × %1$s | CPU s | × %1$s | CPU µs per row | delta of 1 %% s | × %1$s"
				+ " | CPU s | × %1$s | rows not equal |", this.yardstick);
		report.add("|---|" + "--:|".repeat(10));
		Set<String> started = new LinkedHashSet<>(this.full.programs());
		started.addAll(this.delta.programs());
		started.forEach((program) -> addRow(report, program, this.delta));
		this.resident.programs()
			.stream()
			.filter((program) -> !started.contains(program))
			.forEach((program) -> addRow(report, program, this.resident));
	}

	private void addRow(Report report, String program, Measurements<Measurement> deltas) {
		String failure = (this.full.failure(program) != null) ? this.full.failure(program) : deltas.failure(program);
		report.add("| %s%s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |", program,
				(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "",
				Report.number(this.full.median(program, Measurement::wall)),
				Report.number(this.full.ratio(program, this.yardstick, Measurement::wall)),
				Report.number(this.full.median(program, Measurement::cpu)),
				Report.number(this.full.ratio(program, this.yardstick, Measurement::cpu)),
				Report.number(this.full.median(program, Measurement::cpu) * MICROS / this.rows),
				Report.number(deltas.median(program, Measurement::wall)),
				Report.number(deltas.ratio(program, this.yardstick, Measurement::wall)),
				Report.number(deltas.median(program, Measurement::cpu)),
				Report.number(deltas.ratio(program, this.yardstick, Measurement::cpu)),
				Stream.concat(this.full.of(program).stream(), deltas.of(program).stream())
					.map(Measurement::rowsNotEqual)
					.max(Long::compare)
					.map(String::valueOf)
					.orElse(""));
	}

}
