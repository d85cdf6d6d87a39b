package io.deltasync.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import org.jspecify.annotations.Nullable;

/**
 * The measurements of all programs, by round: programs are compared within a round, for
 * the machine may be slower in the next.
 *
 * @param <M> what is measured of a program in a round
 */
final class Measurements<M> {

	private final Map<String, Map<Integer, M>> rounds = new LinkedHashMap<>();

	private final Map<String, String> failures = new LinkedHashMap<>();

	void add(String program, int round, M measurement) {
		this.rounds.computeIfAbsent(program, (name) -> new LinkedHashMap<>()).put(round, measurement);
	}

	void addFailure(String program, String reason) {
		this.rounds.computeIfAbsent(program, (name) -> new LinkedHashMap<>());
		this.failures.putIfAbsent(program, reason);
	}

	Collection<String> programs() {
		return this.rounds.keySet();
	}

	@Nullable M find(String program, int round) {
		return this.rounds.getOrDefault(program, Map.of()).get(round);
	}

	Collection<M> of(String program) {
		return this.rounds.getOrDefault(program, Map.of()).values();
	}

	@Nullable String failure(String program) {
		return this.failures.get(program);
	}

	double min(String program, ToDoubleFunction<M> figure) {
		return of(program).stream().mapToDouble(figure).min().orElse(Double.NaN);
	}

	double max(String program, ToDoubleFunction<M> figure) {
		return of(program).stream().mapToDouble(figure).max().orElse(Double.NaN);
	}

	double median(String program, ToDoubleFunction<M> figure) {
		return median(of(program).stream().mapToDouble(figure));
	}

	/** The median of the ratios of the rounds, not the ratio of the medians. */
	double ratio(String program, String yardstick, ToDoubleFunction<M> figure) {
		return compare(program, yardstick, figure, (one, other) -> one / other);
	}

	/** The median of the differences of the rounds. */
	double difference(String program, String yardstick, ToDoubleFunction<M> figure) {
		return compare(program, yardstick, figure, (one, other) -> one - other);
	}

	private double compare(String program, String yardstick, ToDoubleFunction<M> figure,
			DoubleBinaryOperator comparison) {
		Map<Integer, M> ones = this.rounds.getOrDefault(program, Map.of());
		Map<Integer, M> others = this.rounds.getOrDefault(yardstick, Map.of());
		return median(ones.keySet()
			.stream()
			.filter(others::containsKey)
			.mapToDouble((round) -> comparison.applyAsDouble(figure.applyAsDouble(ones.get(round)),
					figure.applyAsDouble(others.get(round)))));
	}

	boolean areGood(Predicate<M> good) {
		return this.failures.isEmpty()
				&& this.rounds.values().stream().flatMap((byRound) -> byRound.values().stream()).allMatch(good);
	}

	private static double median(DoubleStream figures) {
		double[] sorted = figures.sorted().toArray();
		int middle = sorted.length / 2;
		if (sorted.length == 0) {
			return Double.NaN;
		}
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
