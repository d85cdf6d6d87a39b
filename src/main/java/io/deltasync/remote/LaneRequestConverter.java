package io.deltasync.remote;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts {@link LaneRequest}s to and from JSON. Never creates instances of other
 * classes, whatever a message contains.
 */
final class LaneRequestConverter implements MessageConverter {

	/** Far more than any request needs. */
	private static final int MOST_CHARACTERS = 10_000;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public Message toMessage(Object request, Session session) throws JMSException {
		if (!(request instanceof LaneRequest)) {
			throw new MessageConversionException("%s is not a lane request".formatted(request));
		}
		return session.createTextMessage(JSON.writeValueAsString(request));
	}

	@Override
	public LaneRequest fromMessage(Message message) throws JMSException {
		@Nullable String text = (message instanceof TextMessage textMessage) ? textMessage.getText() : null;
		if (text == null || text.length() > MOST_CHARACTERS) {
			throw new MessageConversionException(
					"Message %s is not a message of DeltaSync".formatted(message.getJMSMessageID()));
		}
		try {
			return JSON.readValue(text, LaneRequest.class);
		}
		catch (JacksonException ex) {
			throw new MessageConversionException("Message %s is not a message of DeltaSync, or has another version"
				.formatted(message.getJMSMessageID()), ex);
		}
	}

}
