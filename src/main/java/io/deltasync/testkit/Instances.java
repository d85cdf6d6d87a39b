package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.deltasync.api.ConfigurableAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Creates the instances of an adapter or filter, one for each execution context, and
 * closes them.
 *
 * @param <A> the type of the adapter or filter
 */
final class Instances<A> {

	private final String role;

	private final String kit;

	private final Supplier<? extends A> adapters;

	private final @Nullable Object options;

	private final Set<A> made = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<A> open = new ArrayList<>();

	/**
	 * Prepares the instances.
	 * @param role the kind of adapter, for messages
	 * @param kit the simple name of the kit, for messages
	 * @param adapters creates an instance
	 * @param options the options for each instance, or null
	 */
	Instances(String role, String kit, Supplier<? extends A> adapters, @Nullable Object options) {
		this.role = role;
		this.kit = kit;
		this.adapters = adapters;
		this.options = options;
	}

	A fresh() {
		A adapter = this.adapters.get();
		if (adapter == null) {
			throw new AssertionError(("the supplier given to %s.of made null; give one that makes adapters, "
					+ "for example MyAdapter::new")
				.formatted(this.kit));
		}
		if (!this.made.add(adapter)) {
			throw new AssertionError(
					("the supplier given to %s.of made the same instance of %s twice; DeltaSync uses a fresh "
							+ "one for every execution context, so give a supplier that makes one each time, for "
							+ "example MyAdapter::new")
						.formatted(this.kit, adapter.getClass().getName()));
		}
		this.open.add(adapter);
		configure(adapter);
		return adapter;
	}

	/** Returns the name of the class of the instances, of which there is at least one. */
	String name() {
		return this.made.iterator().next().getClass().getName();
	}

	/** Does the work, and closes all instances in any case. */
	<R> R closingAfter(Supplier<R> work) {
		R result;
		try {
			result = work.get();
		}
		catch (RuntimeException | Error ex) {
			try {
				close();
			}
			catch (AssertionError failure) {
				ex.addSuppressed(failure);
			}
			throw ex;
		}
		close();
		return result;
	}

	/**
	 * Closes all open instances, as their execution contexts have ended.
	 * @throws AssertionError after all instances were closed, if one failed to close,
	 * which would be a warning in a run
	 */
	void close() {
		List<A> closing = List.copyOf(this.open);
		this.open.clear();
		AssertionError failed = null;
		for (A adapter : closing) {
			if (adapter instanceof AutoCloseable closeable) {
				try {
					closeable.close();
				}
				catch (Exception ex) {
					failed = new AssertionError("close of %s %s failed: %s; in a run that would be a warning"
						.formatted(this.role, adapter.getClass().getName(), ex), ex);
				}
			}
		}
		if (failed != null) {
			throw failed;
		}
	}

	private void configure(A adapter) {
		String name = adapter.getClass().getName();
		if (adapter instanceof ConfigurableAdapter<?> configurable) {
			configure(configurable, name);
		}
		else if (this.options != null) {
			throw new AssertionError(
					"%s %s takes no options; let it implement ConfigurableAdapter, or leave out options(…)"
						.formatted(this.role, name));
		}
	}

	private <O> void configure(ConfigurableAdapter<O> adapter, String name) {
		Class<O> type = adapter.optionsType();
		if (type == null) {
			throw new AssertionError(
					"optionsType of %s %s returned null; return the class of its options".formatted(this.role, name));
		}
		if (!type.isInstance(this.options)) {
			throw new AssertionError("%s %s takes options of %s, but %s; say options(new %s(…))".formatted(this.role,
					name, type.getName(),
					(this.options != null) ? "was given a " + this.options.getClass().getName() : "was given none",
					type.getSimpleName()));
		}
		try {
			adapter.configure(type.cast(this.options));
		}
		catch (RuntimeException ex) {
			throw new AssertionError("configure of %s %s refused its options: %s; a Link with them would "
				.formatted(this.role, name, ex.getMessage()) + "be refused at start", ex);
		}
	}

}
