package io.deltasync.api;

/**
 * An adapter or filter that has options in the Link's configuration.
 *
 * @param <O> the type of the options
 */
public interface ConfigurableAdapter<O> {

	/**
	 * Returns the type that the options are bound to: a record, whose components are
	 * required unless marked {@code @Nullable}, or a class with setters. Its constructor
	 * or setters may throw {@link IllegalArgumentException} for invalid values.
	 * @return the type, never null
	 */
	Class<O> optionsType();

	/**
	 * Sets the options. Called before any other method of the instance except
	 * {@link #optionsType()}.
	 * @param options the bound options, never null
	 * @throws IllegalArgumentException if the options contradict each other; reported at
	 * startup with the Link's name
	 */
	void configure(O options);

}
