package io.deltasync.console.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The page on which people sign in.
 */
@Controller
class SignInPage {

	@GetMapping("/login")
	String login() {
		return "login";
	}

}
