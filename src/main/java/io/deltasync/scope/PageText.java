package io.deltasync.scope;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.deltasync.codec.ValueWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/**
 * Reads and writes the scopes of a page as JSON: {@code [{"ordinal":7,"text":"…"},…]}.
 * Written by hand for speed, because each scope of a run passes here twice.
 */
final class PageText {

	private static final String ORDINAL = "ordinal";

	private static final String TEXT = "text";

	private PageText() {
	}

	static String write(List<ScopeEntry> scopes) {
		StringWriter written = new StringWriter(128 * scopes.size());
		try (JsonGenerator json = ValueWriter.JSON.createGenerator(ObjectWriteContext.empty(), written)) {
			json.writeStartArray();
			for (ScopeEntry scope : scopes) {
				json.writeStartObject();
				json.writeNumberProperty(ORDINAL, scope.ordinal());
				json.writeStringProperty(TEXT, scope.text());
				json.writeEndObject();
			}
			json.writeEndArray();
		}
		return written.toString();
	}

	static List<ScopeEntry> read(String written) {
		List<ScopeEntry> scopes = new ArrayList<>();
		try (JsonParser json = ValueWriter.JSON.createParser(ObjectReadContext.empty(), written)) {
			json.nextToken();
			while (json.nextToken() == JsonToken.START_OBJECT) {
				scopes.add(readScope(json));
			}
		}
		return Collections.unmodifiableList(scopes);
	}

	private static ScopeEntry readScope(JsonParser json) {
		long ordinal = -1;
		@Nullable String text = null;
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = json.currentName();
			json.nextToken();
			if (name.equals(ORDINAL)) {
				ordinal = json.getLongValue();
			}
			else if (name.equals(TEXT) && json.currentToken() != JsonToken.VALUE_NULL) {
				text = json.getString();
			}
			else {
				// a later version may have added the field
				json.skipChildren();
			}
		}
		return new ScopeEntry(ordinal, text);
	}

}
