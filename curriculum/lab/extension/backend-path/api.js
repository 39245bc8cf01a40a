/**
 * Requests to the course's part of the Jupyter server, with the server's own token.
 *
 * @module
 */
import { lab } from "./shared.js";

/** What the server answered when it could not do what was asked; the message is for the learner. */
export class Refusal extends Error {}

/**
 * Ask the server for something.
 *
 * @param {string} what the last part of the address
 * @param {Object<string, string>} [query]
 * @returns {Promise<any>} the answer's data
 */
export function get(what, query = {}) {
  const parameters = new URLSearchParams(query).toString();
  return request(parameters ? `${what}?${parameters}` : what, { method: "GET" });
}

/**
 * Have the server do something.
 *
 * @param {string} what the last part of the address
 * @param {object} data what it needs to know
 * @param {RequestInit} [more] further settings of the request
 * @returns {Promise<any>} the answer's data
 */
export function post(what, data, more = {}) {
  return request(what, { method: "POST", body: JSON.stringify(data), ...more });
}

async function request(what, init) {
  const { ServerConnection } = lab.services;
  const settings = ServerConnection.makeSettings();
  let response;
  try {
    response = await ServerConnection.makeRequest(`${settings.baseUrl}backend-path/${what}`, init, settings);
  } catch {
    throw new Refusal("The course's server does not answer. Start it again with: backend-path learn. Your text stays here.");
  }
  const data = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refusal(data.problem || data.message || `The server answered ${response.status} ${response.statusText}.`);
  }
  return data;
}
