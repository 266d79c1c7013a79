"""Jobs for Spark: join clicks to lists, bring an exported memory up to a day, score and compose."""
