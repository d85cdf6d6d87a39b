package io.deltasync.api;

/**
 * An adapter (or filter) that takes options from the Link's configuration.
 *
 * @param <O> the type of the options
 */
public interface ConfigurableAdapter<O> {

	/**
	 * Names the type that the options are bound to: a record, whose components not marked
	 * {@code @Nullable} are required, or a class with setters. Its constructor or setters
	 * may throw {@link IllegalArgumentException} for values that make no sense.
	 * @return the type
	 */
	Class<O> optionsType();

	/**
	 * Hands over the options, before anything else is called on the instance.
	 * @param options the Link's options, bound
	 * @throws IllegalArgumentException when the options do not fit each other; reported
	 * at start, with the Link's name
	 */
	void configure(O options);

}
