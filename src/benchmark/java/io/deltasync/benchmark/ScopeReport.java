package io.deltasync.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The tables on scopes, and the names of the programs in them.
 */
final class ScopeReport {

	private final Report report;

	private final Measurements<ScopeMeasurement> measurements;

	ScopeReport(Report report, Measurements<ScopeMeasurement> measurements) {
		this.report = report;
		this.measurements = measurements;
	}

	static String immediate(String database, int records) {
		return name("%s, %,d records, IMMEDIATE", database, records);
	}

	static String oneLane(String database, int scopes) {
		return name("%s, %,d scopes, one lane", database, scopes);
	}

	static String few(String database, int records) {
		return name("%s, %,d records, few scopes", database, records);
	}

	static String lanes(String database, int scopes) {
		return name("%s, %,d scopes, default lanes", database, scopes);
	}

	static String partitions(String database) {
		return name("%s, partitions", database);
	}

	static String speedUp(String database) {
		return name("%s, slow scopes", database);
	}

	static String planning(String database) {
		return name("%s, pages of scopes", database);
	}

	private static String name(String format, Object... arguments) {
		return String.format(Locale.ROOT, format, arguments);
	}

	void addCosts(List<String> databases, List<Integer> sizes, int partitions) {
		add("");
		add("## What a scope costs");
		add("");
		add("Scopes of one record each, from memory into a table of three columns; jobs and target in the same kind of"
				+ " database. *Without scopes* is the same engine with the same source, records and batch size: with one"
				+ " lane the source answers IMMEDIATE, with the default lanes it answers with %d scopes. Times are those"
				+ " of the run, without the start of the process; CPU is that of the process. Medians of the rounds.",
				ScopeBenchmark.FEW_SCOPES);
		add("");
		add("*A further scope* is what each costs that the row above does not have: without what the engine and a cold"
				+ " JVM cost once.");
		add("");
		add("| database | lanes | scopes | run s | without scopes s | µs a scope | µs a further scope | µs CPU a scope"
				+ " | × without | process s | peak RSS MiB |");
		add("|---|---|" + "--:|".repeat(9));
		for (String database : databases) {
			addCosts(database, "one", sizes, ScopeReport::oneLane, ScopeReport::immediate);
			addCosts(database, "default", sizes, ScopeReport::lanes, ScopeReport::few);
			if (partitions > 0) {
				String program = partitions(database);
				add("| %s | Spring Batch, a partition each%s | %,d | %s | | %s | | | | %s | %s |", database,
						failure(program), partitions, median(program, ScopeMeasurement::time),
						Report.number(this.measurements.median(program, ScopeMeasurement::time) * 1e6 / partitions),
						median(program, ScopeMeasurement::wall),
						Report.number(this.measurements.max(program, ScopeMeasurement::peakMemory)));
			}
		}
	}

	private void addCosts(String database, String lanes, List<Integer> sizes, BiFunction<String, Integer, String> names,
			BiFunction<String, Integer, String> namesWithout) {
		double before = Double.NaN;
		int sizeBefore = 0;
		for (int size : sizes) {
			String program = names.apply(database, size);
			String without = namesWithout.apply(database, size);
			double cost = this.measurements.difference(program, without, ScopeMeasurement::time);
			add("| %s | %s%s%s | %,d | %s | %s | %s | %s | %s | %s | %s | %s |", database, lanes, failure(program),
					failure(without), size, median(program, ScopeMeasurement::time),
					median(without, ScopeMeasurement::time), Report.number(cost * 1e6 / size),
					Report.number((cost - before) * 1e6 / (size - sizeBefore)),
					Report.number(this.measurements.difference(program, without, ScopeMeasurement::cpu) * 1e6 / size),
					Report.number(this.measurements.ratio(program, without, ScopeMeasurement::time)),
					median(program, ScopeMeasurement::wall),
					Report.number(this.measurements.max(program, ScopeMeasurement::peakMemory)));
			before = cost;
			sizeBefore = size;
		}
	}

	void addSpeedUps(List<String> databases, int scopes) {
		double ideal = scopes * ScopeBenchmark.FETCH_MILLIS / 1e3 / ScopeBenchmark.LANES;
		add("");
		add("## What lanes bring");
		add("");
		add("%,d scopes of one record that take %d ms each to fetch, with %d lanes: ideally %.2f s. *Fetching* is from"
				+ " the beginning of the first fetch to the end of the last.", scopes, ScopeBenchmark.FETCH_MILLIS,
				ScopeBenchmark.LANES, ideal);
		add("");
		add("| database | fetching s | %% of ideal | run s | %% of ideal | process s | %% of ideal | CPU s |");
		add("|---|" + "--:|".repeat(7));
		for (String database : databases) {
			String program = speedUp(database);
			double fetching = this.measurements.median(program, ScopeMeasurement::fetching);
			double run = this.measurements.median(program, ScopeMeasurement::time);
			double process = this.measurements.median(program, ScopeMeasurement::wall);
			add("| %s%s | %s | %s | %s | %s | %s | %s | %s |", database, failure(program), Report.number(fetching),
					Report.number(100 * ideal / fetching), Report.number(run), Report.number(100 * ideal / run),
					Report.number(process), Report.number(100 * ideal / process),
					median(program, ScopeMeasurement::cpu));
		}
	}

	void addPlannings(List<String> databases, int pages) {
		Map<String, Map<Integer, Long>> heaps = new TreeMap<>();
		Set<Integer> measured = new TreeSet<>();
		for (String database : databases) {
			this.measurements.of(planning(database)).forEach((measurement) -> {
				heaps.put(database, measurement.run().heap());
				measured.addAll(measurement.run().heap().keySet());
			});
		}
		add("");
		add("## What planning keeps in memory");
		add("");
		add("CUMULATIVE_SCOPES, %,d pages of %,d scopes of one record each, fetched by the default lanes meanwhile:"
				+ " MiB of heap in use after a collection.", pages, InMemoryPages.PAGE);
		add("");
		StringBuilder head = new StringBuilder("| database |");
		measured.forEach((page) -> head.append(String.format(Locale.ROOT, " after %,d pages |", page)));
		add("%s run s | peak RSS MiB |", head);
		add("|---|" + "--:|".repeat(measured.size() + 2));
		for (String database : databases) {
			String program = planning(database);
			StringBuilder row = new StringBuilder();
			for (int page : measured) {
				Long bytes = heaps.getOrDefault(database, Map.of()).get(page);
				row.append((bytes != null) ? Report.number(bytes / 1024.0 / 1024.0) : "").append(" | ");
			}
			add("| %s%s | %s%s | %s |", database, failure(program), row, median(program, ScopeMeasurement::time),
					Report.number(this.measurements.max(program, ScopeMeasurement::peakMemory)));
		}
	}

	private String median(String program, ToDoubleFunction<ScopeMeasurement> figure) {
		return Report.number(this.measurements.median(program, figure));
	}

	private String failure(String program) {
		String failure = this.measurements.failure(program);
		return (failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "";
	}

	private void add(String format, Object... arguments) {
		this.report.add(format, arguments);
	}

}
