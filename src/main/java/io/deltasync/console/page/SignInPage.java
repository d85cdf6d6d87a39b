package io.deltasync.console.page;

import io.deltasync.console.security.ProviderSignIn;
import io.deltasync.link.EngineSettings;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * The pages on which people sign in, and which they see when they sign out.
 */
@Controller
class SignInPage {

	private final EngineSettings engine;

	private final ObjectProvider<ProviderSignIn> providers;

	SignInPage(EngineSettings engine, ObjectProvider<ProviderSignIn> providers) {
		this.engine = engine;
		this.providers = providers;
	}

	@GetMapping("/login")
	String login(Model model) {
		model.addAttribute("passwords", this.engine.serve().signInForm());
		this.providers.ifAvailable((available) -> model.addAttribute("providers", available.providers()));
		return "login";
	}

	/** The form to sign out leads here, and this page to the provider's. */
	@PostMapping(ProviderSignIn.SIGNED_OUT)
	String signedOut(@RequestAttribute(name = ProviderSignIn.PROVIDER_PAGE, required = false) @Nullable String page,
			Model model, HttpServletResponse response) {
		if (page != null) {
			model.addAttribute("page", page);
			response.setHeader("Refresh", "0; url=" + page);
		}
		return "signed-out";
	}

}
