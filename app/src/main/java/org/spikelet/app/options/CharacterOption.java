package org.spikelet.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that is one character, or the name of one that is hard to type. */
final class CharacterOption implements ITypeConverter<Character> {

  CharacterOption() {}

  @Override
  public Character convert(String text) {
    return switch (text) {
      case "\\t", "tab" -> '\t';
      case "space" -> ' ';
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "point" -> '.';
      default -> {
        if (text.length() != 1 || "\"\r\n".contains(text)) {
          throw new TypeConversionException(
              "must be one character, or tab or space; got '" + text + "'");
        }
        yield text.charAt(0);
      }
    };
  }
}
