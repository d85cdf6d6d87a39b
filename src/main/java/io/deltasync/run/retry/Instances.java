package io.deltasync.run.retry;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.RunContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes adapters and filters at the end of their execution context. An exception from
 * their {@code close} only causes a warning.
 */
public final class Instances {

	private static final Logger logger = LoggerFactory.getLogger(Instances.class);

	private Instances() {
	}

	/**
	 * Closes the instances that can be closed, in order.
	 * @param instances adapters and filters that are no longer used
	 * @return a warning for each instance whose {@code close} failed; may be empty
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
	 * Closes an instance inside a call, and adds a warning to the call's context if that
	 * fails.
	 * @param instance an adapter that is no longer used
	 */
	public static void closeInCall(Object instance) {
		close(List.of(instance)).forEach(RunContext.currentContext()::addWarning);
	}

	/**
	 * Uses a new instance for one call, inside a {@link RunContext}.
	 * @param <I> the type of the instance
	 * @param <T> the type of the result
	 * @param instance the instance, which is closed afterwards
	 * @param call the call
	 * @return the result of the call
	 * @throws Exception if the call fails
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
	 * @param <I> the type of the instance
	 * @param <T> the type of the result
	 */
	public interface Use<I, T extends @Nullable Object> {

		T apply(I instance) throws Exception;

	}

}
