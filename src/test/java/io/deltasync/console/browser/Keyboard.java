package io.deltasync.console.browser;

import java.util.ArrayList;
import java.util.List;

import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uses pages like a person who has no mouse. Whatever has the focus on the way must be
 * visible, and show that it has it.
 */
final class Keyboard {

	private static final int MOST_STOPS = 150;

	private static final String FOCUS = """
			const focused = document.activeElement, style = getComputedStyle(focused);
			const box = focused.getBoundingClientRect();
			return [focused === document.body,
				style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0
				&& box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth];
			""";

	private final Chromium chromium;

	Keyboard(Chromium chromium) {
		this.chromium = chromium;
	}

	/** Presses keys, or types a text. */
	void press(CharSequence keys) {
		new Actions(this.chromium.driver()).sendKeys(keys).perform();
	}

	/** Moves the focus to the next element with a name, as a screen reader says it. */
	void moveTo(String name) {
		List<String> passed = new ArrayList<>();
		while (passed.size() < MOST_STOPS) {
			press(Keys.TAB);
			List<?> focus = (List<?>) this.chromium.script(FOCUS);
			if (Boolean.FALSE.equals(focus.get(0))) {
				WebElement focused = this.chromium.driver().switchTo().activeElement();
				String found = focused.getAccessibleName().strip();
				assertThat(focus.get(1)).as("The focus on '%s' of %s is visible", found, this.chromium.path())
					.isEqualTo(true);
				if (found.equals(name)) {
					return;
				}
				passed.add(found);
			}
			else {
				passed.add("");
			}
		}
		throw new AssertionError(
				"No '%s' on %s: %s%n%s".formatted(name, this.chromium.path(), passed, this.chromium.text()));
	}

	/** Follows the next link, or presses the next button, of a name. */
	void follow(String name) {
		moveTo(name);
		this.chromium.leave(() -> press(Keys.ENTER));
	}

	/** Types a text into the next field of a name. */
	void fill(String name, String text) {
		moveTo(name);
		press(text);
	}

}
