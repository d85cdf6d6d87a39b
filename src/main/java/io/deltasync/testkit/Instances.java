package io.deltasync.testkit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.SourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Creates the instances of an adapter, one for each execution context.
 */
final class Instances {

	private final Supplier<? extends SourceAdapter> adapters;

	private final @Nullable Object options;

	private final Set<SourceAdapter> made = Collections.newSetFromMap(new IdentityHashMap<>());

	Instances(Supplier<? extends SourceAdapter> adapters, @Nullable Object options) {
		this.adapters = adapters;
		this.options = options;
	}

	SourceAdapter fresh() {
		SourceAdapter adapter = this.adapters.get();
		if (adapter == null) {
			throw new AssertionError("the supplier given to AdapterKit.of made null; give one that makes adapters, "
					+ "for example MyAdapter::new");
		}
		if (!this.made.add(adapter)) {
			throw new AssertionError(
					("the supplier given to AdapterKit.of made the same instance of %s twice; DeltaSync uses a fresh "
							+ "one for every execution context, so give a supplier that makes one each time, for "
							+ "example MyAdapter::new")
						.formatted(adapter.getClass().getName()));
		}
		configure(adapter);
		return adapter;
	}

	/**
	 * Closes all instances, as their execution contexts have ended.
	 * @throws AssertionError after all instances were closed, if one failed to close,
	 * which would be a warning in a run
	 */
	void close() {
		AssertionError failed = null;
		for (SourceAdapter adapter : this.made) {
			if (adapter instanceof AutoCloseable closeable) {
				try {
					closeable.close();
				}
				catch (Exception ex) {
					failed = new AssertionError(
							"close of source adapter %s failed: %s; in a run that would be a warning"
								.formatted(adapter.getClass().getName(), ex),
							ex);
				}
			}
		}
		if (failed != null) {
			throw failed;
		}
	}

	private void configure(SourceAdapter adapter) {
		String name = adapter.getClass().getName();
		if (adapter instanceof ConfigurableAdapter<?> configurable) {
			configure(configurable, name);
		}
		else if (this.options != null) {
			throw new AssertionError(
					"source adapter %s takes no options; let it implement ConfigurableAdapter, or leave out options(…)"
						.formatted(name));
		}
	}

	private <O> void configure(ConfigurableAdapter<O> adapter, String name) {
		Class<O> type = adapter.optionsType();
		if (type == null) {
			throw new AssertionError(
					"optionsType of source adapter %s returned null; return the class of its options".formatted(name));
		}
		if (!type.isInstance(this.options)) {
			throw new AssertionError(
					"source adapter %s takes options of %s, but %s; say options(new %s(…))".formatted(
							name, type.getName(), (this.options != null)
									? "was given a " + this.options.getClass().getName() : "was given none",
							type.getSimpleName()));
		}
		try {
			adapter.configure(type.cast(this.options));
		}
		catch (RuntimeException ex) {
			throw new AssertionError("configure of source adapter %s refused its options: %s; a Link with them would "
				.formatted(name, ex.getMessage()) + "be refused at start", ex);
		}
	}

}
