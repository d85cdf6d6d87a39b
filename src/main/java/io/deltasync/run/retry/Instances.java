package io.deltasync.run.retry;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.RunContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes adapters and filters at the end of their execution context. What they throw then
 * fails nothing: it is a warning.
 */
public final class Instances {

	private static final Logger logger = LoggerFactory.getLogger(Instances.class);

	private Instances() {
	}

	/**
	 * Closes those that can be closed, in order.
	 * @param instances adapters and filters that nobody uses any more
	 * @return a warning for each that threw; may be empty
	 */
	public static List<String> close(Iterable<?> instances) {
		List<String> warnings = new ArrayList<>();
		for (Object instance : instances) {
			if (instance instanceof AutoCloseable closeable) {
				try {
					closeable.close();
				}
				catch (Exception ex) {
					if (ex instanceof InterruptedException) {
						Thread.currentThread().interrupt();
					}
					String warning = "close of %s failed: %s".formatted(instance.getClass().getName(), Messages.of(ex));
					logger.warn("{}", warning);
					warnings.add(warning);
				}
			}
		}
		return warnings;
	}

	/**
	 * Closes an instance inside a call of it, whose context has the warning then.
	 * @param instance an adapter that nobody uses any more
	 */
	public static void closeInCall(Object instance) {
		close(List.of(instance)).forEach(RunContext.currentContext()::addWarning);
	}

	/**
	 * Uses a fresh instance for one call, inside a {@link RunContext}.
	 * @param <I> what the instance is
	 * @param <T> what the call returns
	 * @param instance the instance, which is closed afterwards
	 * @param call the call
	 * @return what it returns
	 * @throws Exception what it throws
	 */
	public static <I, T extends @Nullable Object> T use(I instance, Use<I, T> call) throws Exception {
		try {
			return call.apply(instance);
		}
		finally {
			closeInCall(instance);
		}
	}

	/**
	 * A call of an instance.
	 *
	 * @param <I> what the instance is
	 * @param <T> what the call returns
	 */
	public interface Use<I, T extends @Nullable Object> {

		T apply(I instance) throws Exception;

	}

}
