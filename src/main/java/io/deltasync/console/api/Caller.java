package io.deltasync.console.api;

import java.util.List;
import java.util.Set;

import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.console.UnknownException;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Who sends a request, and which Links exist for them.
 *
 * @param person the person or the token
 * @param links the names of the Links that a token is limited to; null for all
 */
record Caller(Person person, @Nullable Set<String> links) {

	static Caller of(Authentication authentication) {
		List<String> links = (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal token)
				? token.getAttribute(AccessTokens.LINKS) : null;
		return new Caller(new Person(authentication.getName()), (links != null) ? Set.copyOf(links) : null);
	}

	boolean sees(@Nullable String link) {
		return this.links == null || (link != null && this.links.contains(link));
	}

	/**
	 * Returns what belongs to a Link, or answers as if it did not exist.
	 * @param <T> the type
	 * @param link the Link's name
	 * @param found what was found
	 * @param what what it is, at the start of a sentence
	 * @return what was found
	 */
	<T> T visible(String link, T found, String what) {
		if (!sees(link)) {
			throw new UnknownException(
					"%s does not exist, or the access token is limited to other Links".formatted(what));
		}
		return found;
	}

	/**
	 * Finds a Link. Similar names are suggested only to those who may see all Links.
	 * @param name the Link's name
	 * @param operations finds it
	 * @return the Link
	 */
	Link link(String name, Operations operations) {
		visible(name, name, "Link '%s'".formatted(name));
		return (this.links != null) ? operations.link(name) : operations.similarLink(name);
	}

	/** Refuses what concerns all Links to tokens that are limited to some. */
	void checkUnlimited() {
		if (this.links != null) {
			throw new ApiException(ProblemType.FORBIDDEN,
					"The access token is limited to some Links, and this concerns all");
		}
	}

	/** Refuses lists of everything to tokens that are limited to some Links. */
	void checkList(@Nullable String link, String parameter) {
		if (!sees(link)) {
			throw new ApiException(ProblemType.FORBIDDEN,
					"The access token is limited to some Links: name one of them in the parameter '%s'"
						.formatted(parameter));
		}
	}

}
