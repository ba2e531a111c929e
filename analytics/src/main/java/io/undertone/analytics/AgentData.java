package io.undertone.analytics;

/**
 * Whether queries see agents: their names, and what was estimated of their side. By default they do
 * not, since the EU AI Act, Article 5, forbids emotion recognition of people at work.
 */
public enum AgentData {
  LEFT_OUT,
  INCLUDED
}
