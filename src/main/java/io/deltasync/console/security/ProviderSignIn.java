package io.deltasync.console.security;

import java.util.List;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/**
 * How people sign in at identity providers. There is none unless one is configured.
 */
public interface ProviderSignIn {

	/** The page that leads to the provider's own, where people sign out there, too. */
	String SIGNED_OUT = "/signed-out";

	/** The attribute of a request with the address of the provider's page. */
	String PROVIDER_PAGE = "io.deltasync.provider-page";

	/**
	 * Lists the identity providers.
	 * @return what people choose from, in the order of the configuration
	 */
	List<Provider> providers();

	/**
	 * Lets people sign in and out at the identity providers.
	 * @param http the console's filter chain
	 */
	void apply(HttpSecurity http);

	/**
	 * An identity provider.
	 *
	 * @param id its name in the configuration
	 * @param name its name for people
	 */
	record Provider(String id, String name) {

	}

}
