package io.deltasync.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All that copy rows in one table: medians, with minimum and maximum, and medians of the
 * ratios of the rounds.
 *
 * @param yardsticks what full loads are compared with; deltas with the first only
 * @param full the full loads
 * @param delta the deltas of processes that were started for them
 * @param resident the deltas of processes that stay
 */
record SideBySide(List<String> yardsticks, Measurements<Measurement> full, Measurements<Measurement> delta,
		Measurements<Measurement> resident) {

	void addTo(Report report) {
		report.add("");
		report.add("## Side by side");
		report.add("");
		List<String> titles = new ArrayList<>(List.of("program", "full load s"));
		this.yardsticks.forEach((yardstick) -> titles.add("× " + yardstick));
		titles.add("CPU s");
		this.yardsticks.forEach((yardstick) -> titles.add("× " + yardstick));
		titles.addAll(List.of("server's CPU s", "delta of 1 %% s", "× " + this.yardsticks.get(0), "CPU s",
				"× " + this.yardsticks.get(0), "rows not equal"));
		report.add("| " + String.join(" | ", titles) + " |");
		report.add("|---|" + "--:|".repeat(titles.size() - 1));
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
		String failed = (failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "";
		List<String> cells = new ArrayList<>(List.of(program + failed));
		addFigure(cells, this.full, program, Measurement::wall, this.yardsticks);
		addFigure(cells, this.full, program, Measurement::cpu, this.yardsticks);
		cells.add(Report.number(this.full.median(program, Measurement::serverCpu)));
		addFigure(cells, deltas, program, Measurement::wall, this.yardsticks.subList(0, 1));
		addFigure(cells, deltas, program, Measurement::cpu, this.yardsticks.subList(0, 1));
		cells.add(Stream.concat(this.full.of(program).stream(), deltas.of(program).stream())
			.map(Measurement::rowsNotEqual)
			.max(Long::compare)
			.map(String::valueOf)
			.orElse(""));
		report.add("%s", "| " + String.join(" | ", cells) + " |");
	}

	private static void addFigure(List<String> cells, Measurements<Measurement> measurements, String program,
			ToDoubleFunction<Measurement> figure, List<String> yardsticks) {
		String median = Report.number(measurements.median(program, figure));
		boolean several = measurements.of(program).size() > 1;
		cells.add(several ? "%s (%s–%s)".formatted(median, Report.number(measurements.min(program, figure)),
				Report.number(measurements.max(program, figure))) : median);
		yardsticks.forEach((yardstick) -> cells.add(Report.number(measurements.ratio(program, yardstick, figure))));
	}

}
