package io.deltasync.run.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Chooses scopes by chance.
 *
 * @param percent how many of a hundred scopes are chosen
 * @param random the chance
 */
record ScopeSample(double percent, RandomGenerator random) {

	private static final double ALL = 100;

	/**
	 * Chooses some scopes. The expected number is exact, even if scopes come one by one.
	 * @param scopes the scopes
	 * @param atLeastOne whether one is chosen in any case
	 * @return the chosen ones, in their order
	 */
	List<@Nullable String> of(List<? extends @Nullable String> scopes, boolean atLeastOne) {
		double exact = scopes.size() * this.percent / ALL;
		int choose = (int) exact + ((this.random.nextDouble() < exact - (int) exact) ? 1 : 0);
		if (choose == 0 && atLeastOne && !scopes.isEmpty()) {
			choose = 1;
		}
		List<@Nullable String> chosen = new ArrayList<>(choose);
		int left = scopes.size();
		for (String scope : scopes) {
			if (this.random.nextInt(left--) < choose - chosen.size()) {
				chosen.add(scope);
			}
		}
		return chosen;
	}

}
